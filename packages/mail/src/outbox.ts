import { randomUUID } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import type { Delivery } from "./delivery";

/**
 * Keeps every mail as a file that any mail program opens. Names begin with the time in UTC, so that they sort by it:
 * `20260321T101500123Z-<uuid>.eml`. A file appears complete or not at all.
 */
export function createOutbox(directory: string): Delivery {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: "windows" });
  return {
    async deliver(mail) {
      const { message } = await transport.sendMail(mail);
      await mkdir(directory, { recursive: true });
      const name = `${new Date().toISOString().replace(/[-:.]/g, "")}-${randomUUID()}`;
      const unfinished = join(directory, `.${name}.writing`);
      await writeFile(unfinished, message);
      await rename(unfinished, join(directory, `${name}.eml`));
    },
    close: () => transport.close(),
  };
}
