import * as argon2 from "@node-rs/argon2";

/** Passwords, kept as argon2id hashes with the library's default parameters (19 MiB, two passes, one lane). */
export interface Passwords {
  /** @returns the PHC string: algorithm, parameters, salt and hash. */
  hash(password: string): Promise<string>;
  /** Null stands for "no such person" or "has no password": false, after just as much work. */
  verify(password: string, hash: string | null): Promise<boolean>;
}

/** Hashed from random bytes that nobody kept; its parameters are those of `hash`, so that it costs the same. */
const nobodysHash = "$argon2id$v=19$m=19456,t=2,p=1$ctdwq282pBMnl8YZzCuYUQ$mwLandYmW4sOxJUFj3gdfk1QMiEP/2WqKq1AMFd1ZMM";

/**
 * Each hashing holds one of Node's four worker threads for some 50 ms. Two at a time leave the others to signatures,
 * files and images while many people sign in at once.
 */
const mostAtOnce = 2;

export function createPasswords(): Passwords {
  const inTurn = createTurns(mostAtOnce);
  return {
    hash: (password) => inTurn(() => argon2.hash(password)),
    async verify(password, hash) {
      const isRight = await inTurn(() => argon2.verify(hash ?? nobodysHash, password));
      return isRight && hash !== null;
    },
  };
}

function createTurns(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    // A turn passes from hand to hand: `running` stays the same while somebody waits.
    if (running < most) running++;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
