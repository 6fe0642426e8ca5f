import type { Auth } from "@parley/auth";
import { uuidv7 } from "uuidv7";
import type { Client } from "../context";
import { conflict, DomainError, forbidden } from "../errors";
import { email } from "../primitives";
import type { Account, Register, SignedIn, SignIn } from "./schema";
import { newSession, type SessionDependencies, tokenPairFor } from "./sessions/service";
import type { AccountStore } from "./store";

export interface AccountDependencies extends SessionDependencies {
  auth: Pick<Auth, "issueAccessToken" | "opaqueTokens" | "passwords">;
  accounts: AccountStore;
}

const defaultDisplayName = "New member";

/**
 * Makes an account with an unproven address and signs its maker in; a mail asks the address's owner for proof.
 * @throws conflict when the address has an account.
 */
export async function register(deps: AccountDependencies, client: Client | null, input: Register): Promise<SignedIn> {
  const passwordHash = await deps.auth.passwords.hash(input.password);
  const { session, refreshToken } = newSession(deps, client);
  const facts = {
    id: uuidv7(),
    email: input.email,
    passwordHash,
    displayName: input.displayName ?? defaultDisplayName,
    createdAt: session.createdAt,
  };
  const account = await deps.accounts.create(facts, session);
  if (account === null) throw conflict("This e-mail address is in use", { email: "is in use" });
  return signedIn(deps, account, session.id, refreshToken);
}

/**
 * An unknown address, a wrong password and text that could be neither are answered alike, in like time.
 * @throws invalid_credentials; forbidden where the account is banned, to those alone who know its password.
 */
export async function signIn(deps: AccountDependencies, client: Client | null, input: SignIn): Promise<SignedIn> {
  const address = email.safeParse(input.email);
  const credentials = address.success ? await deps.accounts.findCredentials(address.data) : null;
  const passwordHash = credentials?.passwordHash ?? null;
  const isRight = await deps.auth.passwords.verify(input.password, passwordHash);
  if (!isRight || credentials === null || passwordHash === null) throw wrongCredentials();
  if (credentials.ban !== null) throw banned(credentials.ban.reason);
  const { session, refreshToken } = newSession(deps, client);
  // The password may have changed while it was being checked; that change ended every session and must end this one.
  if (!(await deps.sessions.open(credentials.account.id, passwordHash, session))) throw wrongCredentials();
  return signedIn(deps, credentials.account, session.id, refreshToken);
}

async function signedIn(
  deps: AccountDependencies,
  user: Account,
  sessionId: string,
  refreshToken: string,
): Promise<SignedIn> {
  const subject = { sessionId, userId: user.id, email: user.email, role: user.role };
  return { user, ...(await tokenPairFor(deps, subject, refreshToken)) };
}

function banned(reason: string | null): DomainError {
  const what = "This account was banned by an administrator";
  return forbidden(reason === null ? what : `${what}: ${reason}`);
}

function wrongCredentials(): DomainError {
  return new DomainError("invalid_credentials", "The e-mail address or the password is wrong");
}
