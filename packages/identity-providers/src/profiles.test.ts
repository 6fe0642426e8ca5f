import { describe, expect, test } from "vitest";
import { fromGitHub, fromMastodon, fromOpenIdClaims, fromX } from "./profiles";

// Answers as the providers' documentation shows them, shortened.
const gitHub = {
  user: {
    id: 583231,
    login: "octocat",
    name: null,
    html_url: "https://github.com/octocat",
    avatar_url: "https://a.example/1",
  },
  emails: [
    { email: "old@example.test", primary: false, verified: true, visibility: null },
    { email: "octocat@example.test", primary: true, verified: true, visibility: "public" },
  ],
};

describe("a profile", () => {
  test("of GitHub has the primary address, once it is verified", () => {
    expect(fromGitHub(gitHub)).toEqual({
      subject: "583231",
      username: "octocat",
      displayName: null,
      verifiedEmail: "octocat@example.test",
      profileUrl: "https://github.com/octocat",
      avatarUrl: "https://a.example/1",
    });
    const unverified = gitHub.emails.map((email) => ({ ...email, verified: !email.primary }));
    expect(fromGitHub({ ...gitHub, emails: unverified }).verifiedEmail).toBeNull();
  });

  test("of Mastodon has its server's name in it, and no address", () => {
    const account = {
      id: "14715",
      username: "trwnh",
      display_name: "",
      url: "https://social.example/@trwnh",
      avatar: "https://a.example/2",
    };
    expect(fromMastodon("social.example")({ account })).toEqual({
      subject: "14715",
      username: "trwnh@social.example",
      displayName: null,
      verifiedEmail: null,
      profileUrl: "https://social.example/@trwnh",
      avatarUrl: "https://a.example/2",
    });
  });

  test("of X has the address that was confirmed, where we may know it", () => {
    const user = {
      data: { id: "2244994945", name: "Developers", username: "XDevelopers", confirmed_email: "x@example.test" },
    };
    expect(fromX({ user })).toMatchObject({
      subject: "2244994945",
      username: "XDevelopers",
      verifiedEmail: "x@example.test",
    });
    expect(fromX({ user: { data: { id: "1", username: "a" } } }).verifiedEmail).toBeNull();
  });

  test.each([
    [true, "a@example.test"],
    ["true", "a@example.test"],
    [false, null],
    ["false", null],
    [undefined, null],
    [1, null],
  ])("of an issuer that says email_verified: %j", (email_verified, expected) => {
    const userinfo = { sub: "s", preferred_username: "ann", email: "a@example.test", email_verified };
    expect(fromOpenIdClaims({ userinfo })).toMatchObject({ subject: "s", username: "ann", verifiedEmail: expected });
  });

  test("of an issuer that says no more than who it is", () => {
    expect(fromOpenIdClaims({ userinfo: { sub: "s", name: 5 } })).toEqual({
      ...{ subject: "s", username: "s", displayName: null, verifiedEmail: null, profileUrl: null, avatarUrl: null },
    });
  });

  test.each([{}, { userinfo: null }, { userinfo: { sub: "" } }, { userinfo: { sub: 5 } }])(
    "of nobody is none: %j",
    (answers) => {
      expect(() => fromOpenIdClaims(answers)).toThrow();
    },
  );
});
