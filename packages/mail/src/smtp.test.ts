import { startSmtpServer, type TestServer } from "@parley/testing/smtp-server";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createMailer, type Mailer } from "./mailer";

const from = "Parley <hello@parley.example>";

let server: TestServer;
let mailer: Mailer;

beforeEach(async () => {
  server = await startSmtpServer();
});
afterEach(async () => {
  await mailer.close();
  await server.close();
});

const message = { subject: "Subject", text: "Text", html: "<p>HTML</p>" };
const open = (smtpUrl: string) => {
  mailer = createMailer({ smtpUrl, outboxDirectory: "/nonexistent", from });
  return mailer;
};

test("names one recipient to the server and the sender of the settings", async () => {
  await open(server.url).send({ ...message, to: "jane@example.com" });
  expect(server.received[0]?.envelope).toEqual({ from: "hello@parley.example", to: ["jane@example.com"] });
});

test("sends many mails over few connections, and closing waits for them", async () => {
  open(server.url);
  const sending = Array.from({ length: 20 }, (_, n) => mailer.send({ ...message, to: `user${n}@example.com` }));
  await mailer.close();
  await Promise.all(sending);

  expect(server.received.map(({ envelope }) => envelope.to[0])).toHaveLength(20);
  expect(server.connections()).toBeLessThanOrEqual(3);
});

test("logs in with the user and the password of the URL", async () => {
  const logins: unknown[] = [];
  const guarded = await startSmtpServer({
    authOptional: false,
    onAuth({ username, password }, _session, done) {
      logins.push([username, password]);
      done(null, { user: username });
    },
  });
  await open(guarded.url.replace("//", "//parley:p%40ss@")).send({ ...message, to: "jane@example.com" });
  await mailer.close();
  await guarded.close();

  expect(logins).toEqual([["parley", "p@ss"]]);
  expect(guarded.received).toHaveLength(1);
});

test("rejects what the server does not take", async () => {
  const strict = await startSmtpServer({
    onRcptTo: (_address, _session, done) => done(Object.assign(new Error("no such user"), { responseCode: 550 })),
  });
  await expect(open(strict.url).send({ ...message, to: "jane@example.com" })).rejects.toThrow(/no such user/);
  await mailer.close();
  await strict.close();
});

test("rejects when nobody listens", async () => {
  await expect(open("smtp://127.0.0.1:1").send({ ...message, to: "jane@example.com" })).rejects.toThrow(/ECONNREFUSED/);
});

test("brings a calendar file byte for byte, in both of its forms", async () => {
  const content = "BEGIN:VCALENDAR\r\nSUMMARY:Gespräch\r\n  mit Zoë\r\nEND:VCALENDAR\r\n";
  const contentType = "text/calendar; charset=utf-8; method=CANCEL";
  const attachments = [{ filename: "cancelled.ics", contentType, content }];
  await open(server.url).send({ ...message, to: "jane@example.com", attachments });
  const bodies = [...(server.received[0]?.raw ?? "").matchAll(/Encoding: base64\r\n(?:\S.*\r\n)*\r\n([\w+/=\r\n]+)/g)];
  expect(bodies.map(([, body = ""]) => Buffer.from(body, "base64").toString())).toEqual([content, content]);
});
