/** Test support: EventStoreDB by testcontainers, where a container runtime answers and has or can get the image. */
import { withTimer } from '../timing.js';

const IMAGE = 'eventstore/eventstore:23.10.6-bookworm-slim';

export interface Contained {
  readonly connectionString: string;
  stop(): Promise<void>;
}

export async function startContainer(): Promise<Contained | { readonly leftOut: string }> {
  const { GenericContainer, Wait, getContainerRuntimeClient } = await import('testcontainers');
  try {
    await withTimer(5_000, () => getContainerRuntimeClient());
  } catch {
    return { leftOut: 'no container runtime answers' };
  }
  try {
    const container = await withTimer(120_000, () =>
      new GenericContainer(IMAGE)
        .withEnvironment({
          EVENTSTORE_INSECURE: 'true', EVENTSTORE_MEM_DB: 'true', EVENTSTORE_TELEMETRY_OPTOUT: 'true',
        })
        .withExposedPorts(2113)
        .withWaitStrategy(Wait.forHttp('/health/live', 2113).forStatusCode(204))
        .start());
    return {
      connectionString: `esdb://${container.getHost()}:${container.getMappedPort(2113)}?tls=false`,
      stop: async () => void (await container.stop()),
    };
  } catch (error) {
    return { leftOut: `the image ${IMAGE} could not be started: ${String(error)}` };
  }
}
