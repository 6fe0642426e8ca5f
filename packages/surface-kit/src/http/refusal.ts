import type { TransportCode } from "../dialect";

/** Why the kit itself refuses. The message and the details, which are in wire spelling already, are public. */
export class Refusal extends Error {
  readonly code: TransportCode;
  readonly details: Readonly<Record<string, string>> | null;

  constructor(code: TransportCode, message: string, details: Readonly<Record<string, string>> | null = null) {
    super(message);
    this.name = "Refusal";
    this.code = code;
    this.details = details;
  }
}
