import { describe, expect, test } from "vitest";
import { ageOn, birthDateProblem, documentTypeOf } from "./rules";

describe("ageOn", () => {
  test.each([
    ["2000-06-15", "2026-06-14", 25],
    ["2000-06-15", "2026-06-15", 26],
    ["2000-06-15", "2026-06-16", 26],
    ["2000-06-15", "2026-01-31", 25],
    ["2000-06-15", "2026-12-01", 26],
    ["2000-01-01", "2000-01-01", 0],
    ["2000-12-31", "2001-01-01", 0],
    // 29 February: 1 March where the year has none.
    ["2008-02-29", "2026-02-28", 17],
    ["2008-02-29", "2026-03-01", 18],
    ["2008-02-29", "2028-02-28", 19],
    ["2008-02-29", "2028-02-29", 20],
    ["2000-02-29", "2100-02-28", 99],
    ["2000-02-29", "2100-03-01", 100],
    ["2008-02-28", "2026-02-28", 18],
    ["2008-03-01", "2026-02-28", 17],
  ])("born on %s, on %s: %i", (birthDate, today, age) => {
    expect(ageOn(birthDate, today)).toBe(age);
  });
});

describe("birthDateProblem", () => {
  const tooYoung = "must be at least 18 years ago";
  const tooOld = "must be at most 130 years ago";
  test.each([
    ["2008-11-21", "2026-11-21", null],
    ["2008-11-22", "2026-11-21", tooYoung],
    ["2026-11-21", "2026-11-21", tooYoung],
    ["2026-11-22", "2026-11-21", "must not be in the future"],
    ["9999-12-31", "2026-11-21", "must not be in the future"],
    ["2008-02-29", "2026-02-28", tooYoung],
    ["2008-02-29", "2026-03-01", null],
    ["1896-11-21", "2026-11-21", null],
    ["1895-11-22", "2026-11-21", null],
    ["1895-11-21", "2026-11-21", tooOld],
    ["0001-01-01", "2026-11-21", tooOld],
  ])("born on %s, on %s: %s", (birthDate, today, problem) => {
    expect(birthDateProblem(birthDate, today)).toBe(problem);
  });
});

describe("documentTypeOf", () => {
  const bytes = (...parts: (string | number[])[]) =>
    new Uint8Array(parts.flatMap((part) => (typeof part === "string" ? [...Buffer.from(part, "latin1")] : part)));

  test.each([
    ["JPEG with JFIF", bytes([0xff, 0xd8, 0xff, 0xe0], "..JFIF"), "image/jpeg"],
    ["JPEG with Exif", bytes([0xff, 0xd8, 0xff, 0xe1], "..Exif"), "image/jpeg"],
    ["PNG", bytes([0x89], "PNG\r\n", [0x1a], "\n...."), "image/png"],
    ["WebP", bytes("RIFF", [1, 2, 3, 4], "WEBPVP8 "), "image/webp"],
    ["PDF", bytes("%PDF-1.7\n"), "application/pdf"],
    ["nothing", bytes(), null],
    ["a JPEG cut to two bytes", bytes([0xff, 0xd8]), null],
    ["a PNG whose line ends were converted", bytes([0x89], "PNG\n", [0x1a], "\n...."), null],
    ["another RIFF file", bytes("RIFF", [1, 2, 3, 4], "WAVEfmt "), null],
    ["a RIFF cut short", bytes("RIFF", [1, 2, 3, 4], "WEB"), null],
    ["GIF", bytes("GIF89a"), null],
    ["SVG", bytes("<svg xmlns='http://www.w3.org/2000/svg'/>"), null],
    ["HTML with a PDF within", bytes("<script>1</script>%PDF-1.7"), null],
    ["PDF after a space", bytes(" %PDF-1.7"), null],
    ["TIFF", bytes("II", [42, 0]), null],
    ["an archive", bytes("PK", [3, 4]), null],
  ])("%s", (_, content, type) => {
    expect(documentTypeOf(content)).toBe(type);
  });
});
