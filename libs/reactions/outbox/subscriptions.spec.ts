import { describe, expect, it } from '@jest/globals';
import { signedHeaders } from './sign.js';
import { subscriptionsIn } from './subscriptions.js';

const good = {
  id: 'torbay-hub',
  url: 'https://hub.example/webhooks',
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  types: ['HandoffEscalated'],
};
const read = (...list: object[]) => subscriptionsIn(JSON.stringify(list), ['HandoffEscalated', 'HandoffAccepted']);

describe('Subscriptions', () => {
  it('name a receiver, where it is, its secret and what it is told', () => {
    expect(read(good)).toEqual([good]);
    expect(read({ ...good, url: 'http://localhost:8080/' })).toHaveLength(1);
  });

  it.each([
    ['an address in the clear', { ...good, url: 'http://hub.example/' }, '/0/url'],
    ['a short secret', { ...good, secret: 'whsec_c2hvcnQ=' }, '/0/secret'],
    ['no secret', { ...good, secret: undefined }, '/0/secret'],
    ['nothing to tell', { ...good, types: [] }, '/0/types'],
    ['what it does not know', { ...good, retries: 3 }, '/0/retries'],
    ['events that there are not', { ...good, types: ['Escalated'] }, 'Escalated'],
  ])('are refused with %s, in words that hold no secret', (_, wrong, words) => {
    expect(() => read(wrong)).toThrow(words);
    expect(() => read(wrong)).not.toThrow('MfKQ9r8G');
  });

  it('are refused where two have one id, or the file is not JSON', () => {
    expect(() => read(good, good)).toThrow('twice');
    expect(() => subscriptionsIn('{', [])).toThrow('not JSON');
  });
});

describe('A signature', () => {
  it('is what Standard Webhooks says it is, by its own example', () => {
    expect(
      signedHeaders('msg_p5jXN8AQM9LWM0D4loKWxJek', '{"test": 2432232314}', good.secret, 1_614_265_330_000),
    ).toMatchObject({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });
});
