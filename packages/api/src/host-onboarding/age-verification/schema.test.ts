import { describe, expect, test } from "vitest";
import { documentMaxBytes } from "./rules";
import { listAgeVerificationsInput, rejectAgeVerificationInput, submitAgeVerificationInput } from "./schema";

const document = new File(["%PDF-1.7"], "passport.pdf");
const messageFor = (input: object) => submitAgeVerificationInput.safeParse(input).error?.issues[0]?.message;

describe("a submission", () => {
  test.each(["2000-02-29", "1990-12-31"])("%s is a date", (birthDate) => {
    expect(submitAgeVerificationInput.safeParse({ birthDate, document }).success).toBe(true);
  });

  test.each([
    "2001-02-29",
    "1990-13-01",
    "1990-04-31",
    "1990-1-1",
    "01.02.1990",
    "1990-01-01T00:00:00Z",
    "",
    " 1990-01-01",
  ])("%j is no date", (birthDate) => {
    expect(messageFor({ birthDate, document })).toBe("must be a date as YYYY-MM-DD");
  });

  test("a document is a file, neither empty nor larger than 10 MB", () => {
    const birthDate = "1990-01-01";
    const ofSize = (size: number) => new File([new Uint8Array(size)], "a");
    expect(messageFor({ birthDate, document: ofSize(documentMaxBytes) })).toBeUndefined();
    expect(messageFor({ birthDate, document: ofSize(documentMaxBytes + 1) })).toBe("must be at most 10 MB");
    expect(messageFor({ birthDate, document: ofSize(0) })).toBe("must not be empty");
    expect(messageFor({ birthDate, document: "passport.pdf" })).toBe("must be a file");
    expect(messageFor({ birthDate })).toBe("must be a file");
  });
});

describe("a rejection", () => {
  const id = "01932d2c-7f3b-7aaa-8bbb-000000000001";

  test.each(["x", "😀".repeat(500), "two\nlines"])("takes a reason of 1 to 500 characters", (reason) => {
    expect(rejectAgeVerificationInput.safeParse({ id, reason }).success).toBe(true);
  });

  test.each(["", "   ", "x".repeat(501), "nul\u0000", "half \ud800"])("refuses %j", (reason) => {
    expect(rejectAgeVerificationInput.safeParse({ id, reason }).success).toBe(false);
  });
});

test("administrators see those who wait unless they ask for others", () => {
  expect(listAgeVerificationsInput.parse({})).toEqual({ page: 1, perPage: 20, status: "pending" });
  expect(listAgeVerificationsInput.safeParse({ status: "none" }).success).toBe(false);
});
