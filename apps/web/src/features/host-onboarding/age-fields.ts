import { birthDateProblem, documentTypes } from "@parley/api/rules/host-onboarding/age-verification";
import { submitAgeVerificationInput } from "@parley/api/schema/host-onboarding/age-verification";
import { z } from "zod";

const { birthDate, document } = submitAgeVerificationInput.shape;

/** What is asked to prove an age, as far as a browser can judge it; the server judges a document by its bytes. */
export const ageFields = z.object({
  birthDate: z
    .string()
    .min(1, "is needed")
    .pipe(birthDate)
    .superRefine((date, context) => {
      const problem = birthDateProblem(date, new Date().toISOString().slice(0, 10));
      if (problem !== null) context.addIssue({ code: "custom", message: problem });
    }),
  document: z
    .custom<File | null>()
    .transform((file, context) => {
      if (file === null) context.addIssue({ code: "custom", message: "is needed" });
      else if (file.type !== "" && !documentTypes.some((type) => type === file.type))
        context.addIssue({ code: "custom", message: "must be a JPEG, PNG or WebP image or a PDF" });
      return file ?? z.NEVER;
    })
    .pipe(document),
});
