import { ulidFromUuid } from "@parley/surface-kit/codecs/ulid";
import { beforeAll, describe, expect, it } from "vitest";
import type { Person } from "../../testing/app";
import { at, textAt } from "../../testing/calls";
import { contractOf } from "../../testing/contract";
import { detailsOf, time } from "../../testing/v1-answers";
import surface from "./surface";

const contract = contractOf(surface, ["/v1/admin/users"]);
const { call, refused, person } = contract;

let admin: Person;
beforeAll(async () => {
  admin = await person({ role: "admin", displayName: "Administrator" });
});

describe("GET /v1/admin/users", () => {
  it("finds people of every role by any part of address, name or username", async () => {
    const jane = await person({ role: "host", displayName: "Zoë Quince", username: "quince-host" });
    const plain = await person({ displayName: "Quince, too", email: "quincy@example.test" });
    const { json } = await call(200, "GET /v1/admin/users?q=QUINC", { token: admin.token });
    expect(json).toEqual({
      success: true,
      data: [
        {
          id: ulidFromUuid(plain.id),
          email: "quincy@example.test",
          display_name: "Quince, too",
          username: null,
          role: "user",
          email_verified: false,
          is_age_verified: false,
          banned_at: null,
          ban_reason: null,
          created_at: time,
        },
        {
          id: ulidFromUuid(jane.id),
          email: jane.email,
          display_name: "Zoë Quince",
          username: "quince-host",
          role: "host",
          email_verified: true,
          is_age_verified: true,
          banned_at: null,
          ban_reason: null,
          created_at: time,
        },
      ],
      pagination: { page: 1, per_page: 20, total: 2, total_pages: 1 },
    });
  });

  it("links its pages, and keeps what was asked for in the links", async () => {
    for (let i = 0; i < 3; i += 1) await person({ displayName: `Page ${i}` });
    const answer = await call(200, "GET /v1/admin/users?q=page%20&per_page=2", { token: admin.token });
    expect(at(answer.json, "pagination")).toEqual({ page: 1, per_page: 2, total: 3, total_pages: 2 });
    const page = (number: number, rel: string) => `</v1/admin/users?q=page+&per_page=2&page=${number}>; rel="${rel}"`;
    expect(answer.headers.link).toBe([page(2, "next"), page(1, "first"), page(2, "last")].join(", "));
  });

  it("tells no secrets", async () => {
    const { body } = await call(200, "GET /v1/admin/users?per_page=100", { token: admin.token });
    expect(textAt(JSON.parse(body), "data.0.email")).toContain("@");
    expect(body).not.toMatch(/password|hash|token/i);
  });

  it.each([`q=${"x".repeat(101)}`, "q=%00", "page=0", "per_page=101"])("refuses %s with 400", async (query) => {
    const answer = await refused(400, "validation_error", `GET /v1/admin/users?${query}`, { token: admin.token });
    expect(Object.keys(detailsOf(answer) as object)).toEqual([query.split("=")[0]]);
  });

  it("is for administrators alone", async () => {
    for (const role of ["user", "verified_user", "host"] as const) {
      await refused(403, "forbidden", "GET /v1/admin/users", await person({ role }));
    }
  });
});
