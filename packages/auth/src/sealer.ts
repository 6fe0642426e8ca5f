import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

/** Keeps text in places that others may read. */
export interface Sealer {
  seal(plain: string): Uint8Array;
  /** @throws where the bytes were changed, or sealed with another secret or for another purpose. */
  open(sealed: Uint8Array): string;
}

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;
const headerBytes = 1 + nonceBytes + tagBytes;

/**
 * AES-256-GCM under a key derived from `secret` with HKDF-SHA-256. What is sealed for one purpose does not open for
 * another, so that nobody who writes to the database can move a sealed value to where it means something else.
 * The bytes: version (1), nonce (12), tag (16), ciphertext.
 */
export function createSealer(secret: string, purpose: string): Sealer {
  if (secret === "") throw new Error("The secret must not be empty");
  const key = Buffer.from(hkdfSync("sha256", secret, "", `parley sealer ${purpose}`, 32));
  return {
    seal(plain) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: tagBytes });
      const ciphertext = [cipher.update(plain, "utf8"), cipher.final()];
      return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), ...ciphertext]);
    },
    open(sealed) {
      if (sealed.length < headerBytes || sealed[0] !== version) throw new Error("These bytes were not sealed");
      const nonce = sealed.subarray(1, 1 + nonceBytes);
      const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: tagBytes });
      decipher.setAuthTag(sealed.subarray(1 + nonceBytes, headerBytes));
      const plain = decipher.update(sealed.subarray(headerBytes));
      try {
        return Buffer.concat([plain, decipher.final()]).toString("utf8");
      } catch (cause) {
        throw new Error("The sealed bytes were changed, or sealed with another secret", { cause });
      }
    },
  };
}
