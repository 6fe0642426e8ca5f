import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** The mails to one address in an outbox folder, oldest first, in wire format but with encoded lines made whole. */
export async function mailsTo(outboxDirectory: string, address: string): Promise<string[]> {
  const names = await readdir(outboxDirectory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const mails = await Promise.all(names.sort().map((name) => readFile(path.join(outboxDirectory, name), "utf8")));
  return mails.filter((mail) => mail.includes(`To: ${address}`)).map(fromQuotedPrintable);
}

/** The secret in the link that a mail carries. */
export function tokenIn(mail: string | undefined): string {
  const token = mail === undefined ? undefined : /[?&]token=([\w-]+)/.exec(mail)?.[1];
  if (token === undefined) throw new Error("the mail carries no link with a token");
  return token;
}

function fromQuotedPrintable(text: string): string {
  return text.replace(/=\r?\n/g, "").replaceAll("=3D", "=");
}
