import { createHmac } from 'node:crypto';

/**
 * Headers of Standard Webhooks (standardwebhooks.com): the id is the same however often it is sent, the time is that
 * of this attempt, and the signature covers both and the body.
 */
export function signedHeaders(id: string, body: string, secret: string, atMillis: number): Record<string, string> {
  const timestamp = String(Math.floor(atMillis / 1000));
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
}
