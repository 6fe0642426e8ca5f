const messages = {
  refused: "does not accept this connection any more",
  unreachable: "could not be reached",
  unreadable: "answered something that we do not understand",
};

/** Why a provider could not tell whose account it is. The message is public, and follows the provider's name. */
export class IdentityProviderError extends Error {
  readonly reason: keyof typeof messages;

  constructor(reason: keyof typeof messages, options: { cause?: unknown } = {}) {
    super(messages[reason], options);
    this.name = "IdentityProviderError";
    this.reason = reason;
  }
}
