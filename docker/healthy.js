// The container's health check: the image has no curl, and what Docker asks is what a load balancer asks.
const port = process.env.PORT ?? '3000';
const ready = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(4000) }).then(
  async (answer) => ({ ok: answer.ok, said: await answer.text() }),
  (error) => ({ ok: false, said: String(error.cause ?? error) }),
);
process.stdout.write(`${ready.said}\n`);
process.exitCode = ready.ok ? 0 : 1;
