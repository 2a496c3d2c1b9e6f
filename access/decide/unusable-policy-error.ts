/** A policy that the server stores but cannot use for a token, which makes every request of the token fail. */
export class UnusablePolicyError extends Error {}
