import path from "node:path";
import { mailsTo, tokenIn } from "@parley/testing/outbox";
import { describe, expect, it } from "vitest";
import { at, textAt } from "../../testing/calls";
import { contractOf } from "../../testing/contract";
import surface from "./surface";

const contract = contractOf(surface, ["/v1/auth/"]);
const password = "correct horse battery";
let count = 0;

/** Registers somebody new. */
async function register() {
  count += 1;
  const email = `jane${count}@example.com`;
  const { json } = await contract.call(201, "POST /v1/auth/register", {
    json: { email, password, display_name: "Jane Smith" },
  });
  return { email, token: textAt(json, "access_token"), refreshToken: textAt(json, "refresh_token"), json };
}

/** The newest secret that was mailed to an address. */
async function mailedToken(email: string): Promise<string> {
  await contract.test.runJobs();
  return tokenIn((await mailsTo(path.join(contract.test.dataDir, "outbox"), email)).at(-1));
}

describe("POST /v1/auth/register", () => {
  it("answers 201 with the account and its tokens", async () => {
    const { json, email } = await register();
    expect(json).toEqual({
      user: {
        id: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
        email,
        display_name: "Jane Smith",
        role: "user",
        email_verified: false,
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      },
      access_token: expect.stringMatching(/^eyJ/),
      refresh_token: expect.stringMatching(/^rt_/),
      expires_in: 900,
    });
  });

  it("refuses an address in use, in any case, with 409", async () => {
    const { email } = await register();
    const answer = await contract.refused(409, "conflict", "POST /v1/auth/register", {
      json: { email: email.toUpperCase(), password },
    });
    expect(at(answer.json, "error.details.email")).toBeTypeOf("string");
  });

  it("names each field at fault with 400", async () => {
    const { json } = await contract.refused(400, "validation_error", "POST /v1/auth/register", {
      json: { email: "nobody", password: "short", display_name: "x".repeat(81) },
    });
    expect(at(json, "error.details")).toEqual({
      email: "must be a valid e-mail address",
      password: expect.stringContaining("at least 8"),
      display_name: "must be at most 80 characters",
    });
  });

  it("ignores what a caller may not decide", async () => {
    const { json } = await contract.call(201, "POST /v1/auth/register", {
      json: {
        email: "mass@example.com",
        password,
        role: "admin",
        email_verified: true,
        id: "01JN2X4K8M3F7QPZRVWT6YBHCE",
      },
    });
    expect(json).toMatchObject({ user: { role: "user", email_verified: false } });
    expect(textAt(json, "user.id")).not.toBe("01JN2X4K8M3F7QPZRVWT6YBHCE");
  });

  it("replays the first answer to a key, and refuses the key for another body", async () => {
    const headers = { "idempotency-key": "register-once" };
    const json = { email: "once@example.com", password };
    const first = await contract.call(201, "POST /v1/auth/register", { json, headers });
    const again = await contract.call(201, "POST /v1/auth/register", { json, headers });
    expect(again.body).toBe(first.body);
    expect(again.headers["idempotency-replayed"]).toBe("true");
    await contract.call(422, "POST /v1/auth/register", { json: { ...json, email: "twice@example.com" }, headers });
  });
});

describe("POST /v1/auth/login", () => {
  it("answers 200 with the shape of register", async () => {
    const { email, json } = await register();
    const answer = await contract.call(200, "POST /v1/auth/login", { json: { email, password } });
    expect(at(answer.json, "user")).toEqual(at(json, "user"));
    expect(at(answer.json, "expires_in")).toBe(900);
  });

  it("answers alike for an unknown address and for a wrong password", async () => {
    const { email } = await register();
    const wrong = await contract.refused(401, "invalid_credentials", "POST /v1/auth/login", {
      json: { email, password: "wrong wrong" },
    });
    const unknown = await contract.refused(401, "invalid_credentials", "POST /v1/auth/login", {
      json: { email: "nobody@example.com", password },
    });
    expect(unknown.body).toBe(wrong.body);
    expect(wrong.headers["www-authenticate"]).toBe("Bearer");
  });

  it("tells whoever knows the password of a banned account that it is, with 403", async () => {
    const { email } = await register();
    const banned = "UPDATE users SET banned_at = now(), ban_reason = 'Spam' WHERE email = $1";
    await contract.test.deps.database.pool.query(banned, [email]);
    const { json } = await contract.refused(403, "forbidden", "POST /v1/auth/login", { json: { email, password } });
    expect(at(json, "error.message")).toBe("This account was banned by an administrator: Spam");
    await contract.refused(401, "invalid_credentials", "POST /v1/auth/login", { json: { email, password: "guessed" } });
  });

  it("asks for both fields with 400", async () => {
    const { json } = await contract.refused(400, "validation_error", "POST /v1/auth/login", { json: {} });
    expect(at(json, "error.details")).toEqual({ email: "is required", password: "is required" });
  });
});

describe("POST /v1/auth/refresh", () => {
  it("rotates the token, and takes its return as theft", async () => {
    const { token, refreshToken } = await register();
    const { json } = await contract.call(200, "POST /v1/auth/refresh", { json: { refresh_token: refreshToken } });
    expect(Object.keys(json as object).sort()).toEqual(["access_token", "expires_in", "refresh_token"]);
    await contract.refused(401, "unauthorized", "POST /v1/auth/refresh", { json: { refresh_token: refreshToken } });
    await contract.refused(401, "unauthorized", "POST /v1/auth/refresh", {
      json: { refresh_token: textAt(json, "refresh_token") },
    });
    await expect
      .poll(
        async () =>
          (await contract.test.app.inject({ url: "/v1/users/me", headers: { authorization: `Bearer ${token}` } }))
            .statusCode,
        { timeout: 1_000 },
      )
      .toBe(401);
  });

  it("lets at most one of 20 parallel refreshes succeed", async () => {
    const { refreshToken } = await register();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        contract.test.app.inject({ method: "POST", url: "/v1/auth/refresh", payload: { refresh_token: refreshToken } }),
      ),
    );
    const statuses = answers.map((answer) => answer.statusCode);
    expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(1);
    expect(statuses.every((status) => status === 200 || status === 401)).toBe(true);
  });

  it("asks for the token with 400", async () => {
    await contract.refused(400, "validation_error", "POST /v1/auth/refresh", { json: { refresh_token: 7 } });
  });
});

describe("POST /v1/auth/logout", () => {
  it("answers 204 for a token, for the same again, and for nonsense", async () => {
    const { refreshToken } = await register();
    for (const refresh_token of [refreshToken, refreshToken, "rt_nonsense"]) {
      await contract.call(204, "POST /v1/auth/logout", { json: { refresh_token } });
    }
    await contract.refused(401, "unauthorized", "POST /v1/auth/refresh", { json: { refresh_token: refreshToken } });
    await contract.refused(400, "validation_error", "POST /v1/auth/logout", { json: {} });
  });
});

describe("verification of an address", () => {
  it("makes a user a verified_user by the mailed token", async () => {
    const { email } = await register();
    const { json } = await contract.call(200, "POST /v1/auth/verify-email", {
      json: { token: await mailedToken(email) },
    });
    expect(json).toMatchObject({ user: { email, role: "verified_user", email_verified: true } });
    await contract.refused(400, "validation_error", "POST /v1/auth/verify-email", { json: { token: "et_nonsense" } });
  });

  it("sends the mail again for whoever is signed in", async () => {
    const { email, token } = await register();
    const first = await mailedToken(email);
    await contract.call(204, "POST /v1/auth/verify-email/resend", { token });
    expect(await mailedToken(email)).not.toBe(first);
    await contract.refused(401, "unauthorized", "POST /v1/auth/verify-email/resend");
  });
});

describe("reset of a password", () => {
  it("answers 204 whether the address is known or not", async () => {
    const { email } = await register();
    for (const address of [email, "nobody@example.com"]) {
      await contract.call(204, "POST /v1/auth/password/reset", { json: { email: address } });
    }
    await contract.refused(400, "validation_error", "POST /v1/auth/password/reset", { json: { email: "nobody" } });
  });

  it("sets the password once and ends every session", async () => {
    const { email, refreshToken } = await register();
    // The mail of the registration goes first, so that the newest one is the mail that resets.
    await contract.test.runJobs();
    await contract.call(204, "POST /v1/auth/password/reset", { json: { email } });
    const token = await mailedToken(email);
    const json = { token, password: "another password" };
    await contract.call(204, "POST /v1/auth/password/reset/confirm", { json });
    const again = await contract.refused(400, "validation_error", "POST /v1/auth/password/reset/confirm", { json });
    expect(at(again.json, "error.details.token")).toBeTypeOf("string");
    await contract.refused(401, "unauthorized", "POST /v1/auth/refresh", { json: { refresh_token: refreshToken } });
    await contract.refused(401, "invalid_credentials", "POST /v1/auth/login", { json: { email, password } });
    await contract.call(200, "POST /v1/auth/login", { json: { email, password: json.password } });
  });
});
