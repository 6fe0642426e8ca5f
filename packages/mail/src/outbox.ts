import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import type { Delivery } from "./delivery";

/**
 * Keeps every mail as a file that any mail program opens. Names begin with the time in UTC, so that they sort by it:
 * `20260321T101500123Z-<uuid>.eml`. A file appears complete or not at all, and one mail once, however often it is sent
 * under its Message-ID: as with receivers that know it again.
 */
export function createOutbox(directory: string): Delivery {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: "windows" });
  return {
    async deliver(mail) {
      const { message } = await transport.sendMail(mail);
      await mkdir(directory, { recursive: true });
      const word = mail.messageId === undefined ? randomUUID() : wordOf(mail.messageId);
      if ((await readdir(directory)).some((file) => file.endsWith(`-${word}.eml`))) return;
      const name = `${new Date().toISOString().replace(/[-:.]/g, "")}-${word}`;
      const unfinished = join(directory, `.${name}.writing`);
      await writeFile(unfinished, message);
      await rename(unfinished, join(directory, `${name}.eml`));
    },
    close: () => transport.close(),
  };
}

/** In the shape of a UUID, like those of all other mails. */
function wordOf(messageId: string): string {
  const digest = createHash("sha256").update(messageId).digest("hex");
  return digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
}
