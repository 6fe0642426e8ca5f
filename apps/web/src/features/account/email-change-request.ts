import { client } from "@/trpc/client";

/** By the link to the new address, or by that to the old one. @returns the address that the account has now. */
export async function settleEmailChange(verb: "confirm" | "undo", token: string): Promise<string> {
  const { confirmEmailChange, undoEmailChange } = client.account;
  const { email } = await (verb === "confirm" ? confirmEmailChange : undoEmailChange).mutate({ token });
  return email;
}
