import { providerDuration, serverDuration } from '../../constructs/duration';

it.each([
  [0, '0s', '0s'],
  [20, '20s', '20s'],
  [60, '1m0s', '1m'],
  [90, '1m30s', '1m30s'],
  [3600, '1h0m0s', '1h'],
  [3601, '1h0m1s', '1h1s'],
  [5400, '1h30m0s', '1h30m'],
  [32 * 86_400, '768h0m0s', '768h'],
])('%d seconds are %s to the server and %s to the provider', (seconds, server, provider) => {
  expect([serverDuration(seconds), providerDuration(seconds)]).toEqual([server, provider]);
});
