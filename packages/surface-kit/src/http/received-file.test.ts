import { expect, it } from "vitest";
import { ReceivedFile } from "./received-file";

it.each([
  ["small", [Buffer.from("he"), Buffer.from("llo")]],
  ["large", [Buffer.alloc(70_000, "a"), Buffer.alloc(70_000, "b")]],
  ["empty", []],
])("is the same file in every way to read it: %s", async (_name, chunks) => {
  const file = new ReceivedFile(chunks as Buffer<ArrayBuffer>[], "photo.jpg", "image/jpeg");
  const native = new File(chunks as Buffer<ArrayBuffer>[], "photo.jpg", { type: "image/jpeg" });
  expect(file).toBeInstanceOf(File);
  expect([file.name, file.type, file.size]).toEqual([native.name, native.type, native.size]);
  expect(await file.text()).toBe(await native.text());
  expect(new Uint8Array(await file.arrayBuffer())).toEqual(new Uint8Array(await native.arrayBuffer()));
  expect(await file.slice(1, 4).text()).toBe(await native.slice(1, 4).text());
  expect(await new Response(file.stream()).text()).toBe(await native.text());
});
