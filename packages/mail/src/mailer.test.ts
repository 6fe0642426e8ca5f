import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSmtpServer, type TestServer } from "@parley/testing/smtp-server";
import PostalMime, { type Email } from "postal-mime";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createMailer, InvalidRecipientError, type Mailer, type Message } from "./mailer";
import { verifyEmail } from "./templates";

const from = "Parley <hello@parley.example>";
const link = `https://parley.example/verify-email?token=${"Zm9vYmFy-_=".repeat(9)}&next=%2Fhome`;

let directory: string;
let server: TestServer;
let mailer: Mailer;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "parley-mail-"));
  server = await startSmtpServer();
});
afterEach(async () => {
  await mailer.close();
  await server.close();
  await rm(directory, { recursive: true });
});

async function parsedFile(name: string | undefined): Promise<Email> {
  return PostalMime.parse(await readFile(join(directory, "outbox", name ?? "")));
}

const outboxFiles = () => readdir(join(directory, "outbox"));

const ways = [
  {
    way: "SMTP",
    open: () => createMailer({ smtpUrl: server.url, outboxDirectory: join(directory, "outbox"), from }),
    received: async () => server.received.map(({ parsed }) => parsed),
  },
  {
    way: "the outbox",
    open: () => createMailer({ outboxDirectory: join(directory, "outbox"), from }),
    received: async () => Promise.all((await outboxFiles()).map(parsedFile)),
  },
];

describe.each(ways)("over $way", ({ open, received }) => {
  beforeEach(() => {
    mailer = open();
  });

  async function sent(message: Partial<Message>): Promise<Email> {
    await mailer.send({ to: "jane@example.com", subject: "Subject", text: "Text", html: "<p>HTML</p>", ...message });
    const [mail, ...others] = await received();
    expect(others).toEqual([]);
    return mail as Email;
  }

  test("both forms of a letter arrive unharmed, link and all", async () => {
    const letter = verifyEmail({ name: "Zoë Müller 🙂", link });
    const mail = await sent(letter);

    expect(mail.subject).toBe(letter.subject);
    expect(mail.text?.trim()).toBe(letter.text.trim());
    expect(mail.text?.split("\n")).toContain(link);
    expect(mail.html?.trim()).toBe(letter.html.trim());
    expect(mail.from).toMatchObject({ name: "Parley", address: "hello@parley.example" });
    expect(mail.to).toMatchObject([{ address: "jane@example.com" }]);
    expect(mail.messageId).toMatch(/^<.+@parley\.example>$/);
    expect(Date.parse(mail.date ?? "")).toBeGreaterThan(Date.now() - 60_000);
    expect(mail.headers.find(({ key }) => key === "auto-submitted")?.value).toBe("auto-generated");
  });

  test("carries attachments, text and bytes", async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, n) => n);
    const { attachments } = await sent({
      attachments: [
        { filename: "call.ics", contentType: "text/calendar", content: "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n" },
        { filename: "bytes.bin", contentType: "application/octet-stream", content: bytes },
      ],
    });

    expect(attachments.map(({ filename, mimeType }) => [filename, mimeType])).toEqual([
      ["call.ics", "text/calendar"],
      ["bytes.bin", "application/octet-stream"],
    ]);
    expect(Buffer.from(attachments[1]?.content as ArrayBuffer).equals(Buffer.from(bytes))).toBe(true);
  });

  test("shows a calendar file that asks for something as an invitation, and brings it along", async () => {
    const content = `BEGIN:VCALENDAR\r\nSUMMARY:${"Gespräch mit Zoë ".repeat(9)}\r\nEND:VCALENDAR\r\n`;
    const contentType = "text/calendar; charset=utf-8; method=REQUEST";
    const mail = await sent({ attachments: [{ filename: "invite.ics", contentType, content }] });
    const [shown, brought, ...more] = mail.attachments;
    expect(more).toEqual([]);
    expect(shown).toMatchObject({ mimeType: "text/calendar", method: "REQUEST" });
    expect(brought).toMatchObject({ mimeType: "application/ics", filename: "invite.ics", disposition: "attachment" });
    // The parser makes line ends its own; that they arrive as they were is shown over SMTP.
    for (const file of [shown, brought]) expect(textOf(file?.content)).toBe(content.replaceAll("\r\n", "\n"));
    expect(mail.text?.trim()).toBe("Text");
    expect(mail.html?.trim()).toBe("<p>HTML</p>");
  });

  test("keeps the id that a mail was given", async () => {
    expect((await sent({ id: "notification-01932d2c" })).messageId).toBe("<notification-01932d2c@parley.example>");
  });

  test.each(["", "a b", "a>b", "a\r\nBcc: thief@example.com", "x".repeat(81)])("refuses the id %j", async (id) => {
    const message = { to: "jane@example.com", subject: "S", text: "T", html: "H", id };
    await expect(mailer.send(message)).rejects.toThrow(TypeError);
  });

  test.each(["Hello\r\nBcc: thief@example.com", "Hello\nBcc: thief@example.com", "Hello\r\n\r\n<p>another body</p>"])(
    "a subject cannot start another header: %j",
    async (subject) => {
      const mail = await sent({ subject });

      expect(mail.bcc).toBeUndefined();
      expect(mail.headers.map(({ key }) => key)).not.toContain("bcc");
      expect(mail.subject).toContain("Hello ");
      expect(mail.text?.trim()).toBe("Text");
    },
  );

  test("nor can the name of an attachment", async () => {
    const filename = 'a.txt"\r\nBcc: thief@example.com\r\nX: "';
    const mail = await sent({ attachments: [{ filename, contentType: "text/plain", content: "x" }] });

    expect(mail.headers.map(({ key }) => key)).not.toContain("bcc");
    expect(mail.attachments).toHaveLength(1);
    expect(mail.html?.trim()).toBe("<p>HTML</p>");
  });

  test.each([
    "",
    "jane",
    "jane@example.com, thief@example.com",
    "jane@example.com;thief@example.com",
    "Jane <jane@example.com>",
    "jane@example.com\r\nBcc: thief@example.com",
    "jane@example.com\n",
    "jane@example.com ",
    '"jane@evil"@example.com',
    "jane@example.com\u0000",
    "jane\u202e@example.com",
    "a@b@c",
  ])("refuses the recipient %j", async (to) => {
    await expect(mailer.send({ to, subject: "S", text: "T", html: "H" })).rejects.toThrow(InvalidRecipientError);
  });

  test("knows plus signs, apostrophes, long names and other scripts", async () => {
    for (const to of ["jane+parley@example.com", "o'neill@example.co.uk", `${"x".repeat(64)}@example.com`]) {
      await mailer.send({ to, subject: "S", text: "T", html: "H" });
    }
    expect(await received()).toHaveLength(3);
  });
});

function textOf(content: string | ArrayBuffer | Uint8Array | undefined): string {
  return typeof content === "string" ? content : new TextDecoder().decode(content);
}
