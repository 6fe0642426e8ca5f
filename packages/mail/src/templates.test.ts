import { describe, expect, test } from "vitest";
import { apiTokenCreated } from "./api-token-templates";
import { accountBanned, accountUnbanned } from "./ban-templates";
import { accountLinked } from "./identity-templates";
import type { Mail } from "./letter";
import {
  accountDeleted,
  ageVerificationApproved,
  ageVerificationRejected,
  confirmNewEmail,
  emailChangeRequested,
  passwordChanged,
  resetPassword,
  verifyEmail,
} from "./templates";

const link = "https://parley.example/do?token=a-b_c&next=%2Fhome";
const reason = "The date of birth\nis hidden.";

const templates: [string, (values: { name: string; link: string; reason: string }) => Mail, subject: string][] = [
  ["verifyEmail", verifyEmail, "Confirm your email address"],
  ["resetPassword", resetPassword, "Choose a new password"],
  ["passwordChanged", passwordChanged, "Your password was changed"],
  ["ageVerificationApproved", ageVerificationApproved, "Your age is verified"],
  ["ageVerificationRejected", ageVerificationRejected, "We could not verify your age"],
  [
    "apiTokenCreated",
    ({ reason: tokenName, ...values }) => apiTokenCreated({ ...values, tokenName }),
    "A new API token for your account",
  ],
  ["accountDeleted", accountDeleted, "Your account is closed"],
  ["accountBanned", accountBanned, "Your account was banned"],
  ["accountBanned, without a reason", (facts) => accountBanned({ ...facts, reason: null }), "Your account was banned"],
  ["accountUnbanned", accountUnbanned, "Your account is open again"],
  ["confirmNewEmail", confirmNewEmail, "Confirm your new email address"],
  ["emailChangeRequested", emailChangeRequested, "Your email address is about to change"],
  ["accountLinked", (facts) => accountLinked({ ...facts, provider: "GitHub" }), "An account was linked with yours"],
];

describe.each(templates)("%s", (_, template, subject) => {
  test("greets, and has the link on a line of its own and behind the button", () => {
    const mail = template({ name: "Jane Smith", link, reason });

    expect(mail.subject).toBe(subject);
    expect(mail.text).toMatch(/^Hello Jane Smith,\n\n/);
    expect(mail.text.split("\n")).toContain(link);
    expect(mail.html).toContain("Hello Jane Smith,");
    const escaped = "https://parley.example/do?token=a-b_c&amp;next=%2Fhome";
    expect(mail.html.match(/href="[^"]*"/g)).toEqual([`href="${escaped}"`, `href="${escaped}"`]);
  });

  test("loads nothing from anywhere and holds no script", () => {
    expect(template({ name: "Jane", link, reason }).html).not.toMatch(/<(script|img|link|iframe|style)|url\(|@import/i);
  });

  test.each([
    '<script>alert("x")</script>',
    "<img src=x onerror=alert(1)>",
    '"><a href="https://evil.example">',
    "'><b>",
    "&lt;b&gt;",
  ])("shows %j as the text it is", (text) => {
    const plain = template({ name: "Jane", link, reason: "Reason" }).html;
    const { html } = template({ name: text, link, reason: text });
    expect(html.match(/<[^>]*>/g)).toEqual(plain.match(/<[^>]*>/g));
  });

  test("keeps names out of the subject", () => {
    expect(template({ name: "Jane\r\nBcc: thief@example.com", link, reason }).subject).toBe(subject);
  });

  test.each(["javascript:alert(1)", "data:text/html,x", "/relative", ""])("refuses the link %j", (bad) => {
    expect(() => template({ name: "Jane", link: bad, reason })).toThrow(TypeError);
  });
});

test("says how long a link works", () => {
  for (const form of ["text", "html"] as const) {
    expect(verifyEmail({ name: "Jane", link })[form]).toContain("24 hours");
    expect(resetPassword({ name: "Jane", link })[form]).toContain("1 hour, once");
  }
});

test("gives the reason of a rejection in full, lines and all", () => {
  const mail = ageVerificationRejected({ name: "Jane", link, reason: "Too dark.\nAnd <blurred>." });
  expect(mail.text).toContain("    Too dark.\n    And <blurred>.\n");
  expect(mail.html).toContain("Too dark.\nAnd &lt;blurred&gt;.</p>");
});
