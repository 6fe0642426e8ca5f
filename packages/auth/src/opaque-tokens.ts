import { hash, randomBytes } from "node:crypto";

/** Secrets that say nothing: refresh tokens, links in mails. The holder has the token, the database its hash. */
export interface OpaqueTokens {
  /** `prefix` and 256 random bits in base64url, such as "rt_…", and the hash to store. */
  create(prefix: string): { token: string; hash: Uint8Array };
  /** SHA-256 of the whole token: a fast hash will do, as nobody can guess 256 random bits. */
  hash(token: string): Uint8Array;
}

export const opaqueTokens: OpaqueTokens = {
  create(prefix) {
    const token = prefix + randomBytes(32).toString("base64url");
    return { token, hash: sha256(token) };
  },
  hash: sha256,
};

function sha256(text: string): Uint8Array {
  return hash("sha256", text, "buffer");
}
