import { z } from "zod";
import { binary, calendarDate, id, instant, pageOf, pageRequest, text, uploadedFile } from "../../primitives";
import { documentMaxBytes, documentTypes } from "./rules";

const decidedStatus = z.enum(["pending", "verified", "rejected"]);

/** Where the signed-in person's age verification stands; the latest request counts. Null until known. */
export const ageVerification = z
  .object({
    status: z.enum(["none", "pending", "verified", "rejected"]),
    /** Why the request was rejected. */
    reason: z.string().nullable(),
    submittedAt: instant.nullable(),
  })
  .meta({ id: "AgeVerification" });
export type AgeVerification = z.infer<typeof ageVerification>;

export const submitAgeVerificationInput = z.object({
  birthDate: calendarDate,
  document: uploadedFile(documentMaxBytes),
});
export type SubmitAgeVerification = z.infer<typeof submitAgeVerificationInput>;

/** One request as administrators see it. */
export const ageVerificationRequest = z
  .object({
    id,
    userId: id,
    email: z.string(),
    displayName: z.string(),
    birthDate: calendarDate,
    status: decidedStatus,
    reason: z.string().nullable(),
    documentType: z.enum(documentTypes),
    submittedAt: instant,
    decidedAt: instant.nullable(),
  })
  .meta({ id: "AgeVerificationRequest" });
export type AgeVerificationRequest = z.infer<typeof ageVerificationRequest>;

export const listAgeVerificationsInput = pageRequest.extend({ status: decidedStatus.default("pending") });
export type ListAgeVerifications = z.infer<typeof listAgeVerificationsInput>;

export const ageVerificationPage = pageOf(ageVerificationRequest);
export type AgeVerificationPage = z.infer<typeof ageVerificationPage>;

export const ageVerificationId = z.object({ id });

export const rejectAgeVerificationInput = z.object({ id, reason: text({ min: 1, max: 500, isProse: true }) });
export type RejectAgeVerification = z.infer<typeof rejectAgeVerificationInput>;

export const ageDocument = z.object({ bytes: binary, contentType: z.enum(documentTypes) });
export type AgeDocument = z.infer<typeof ageDocument>;
