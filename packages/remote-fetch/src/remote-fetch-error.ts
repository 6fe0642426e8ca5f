const messages = {
  not_an_address: "must be an http or https address",
  credentials: "must not hold a user name or password",
  private_address: "must lead to a public address of the internet",
  unreachable: "could not be reached",
  insecure_redirect: "leads from an https to an http address",
  too_many_redirects: "leads on too many times",
  too_slow: "took too long to answer",
  too_large: "answers with more than can be taken",
  unreadable: "answers with something that could not be read",
} as const;

export type RemoteFetchReason = keyof typeof messages;

/** An address could not be read. The message is public and fits behind the name of a field. */
export class RemoteFetchError extends Error {
  override name = "RemoteFetchError";

  constructor(
    readonly reason: RemoteFetchReason,
    options?: { cause: unknown },
  ) {
    super(messages[reason], options);
  }
}
