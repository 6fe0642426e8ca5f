import { DomainError, type ErrorCode } from "../../errors";

/** Why an account elsewhere lets nobody in here, or cannot be linked; each leads to words of its own. */
const problems = {
  /** Nobody has linked it, and its address belongs to an account: to be in that, one proves that one is its owner. */
  email_in_use: ["conflict", "An account has this address; sign in to it, then link the other in its settings"],
  /** Nobody has linked it, and its provider has not confirmed an address, or tells none. */
  email_unconfirmed: ["forbidden", "The provider has not confirmed an e-mail address of this account"],
  /** Nobody has linked it, and its provider never tells addresses: no account can be made of it. */
  not_linked: ["forbidden", "No account here is linked with this one"],
  banned: ["forbidden", "This account was banned by an administrator"],
  closed: ["forbidden", "This account is closed"],
  own_email_unconfirmed: ["forbidden", "Confirm your own e-mail address before you link another account"],
  linked_elsewhere: ["conflict", "This account is linked with somebody else here"],
  another_linked: ["conflict", "You have linked another account of this provider; remove that first"],
} as const satisfies Record<string, readonly [ErrorCode, string]>;

export type IdentityProblem = keyof typeof problems;

/** A refusal that says which of the problems it is. */
export class IdentityRefusal extends DomainError {
  readonly problem: IdentityProblem;

  constructor(problem: IdentityProblem) {
    const [code, message] = problems[problem];
    super(code, message);
    this.name = "IdentityRefusal";
    this.problem = problem;
  }
}
