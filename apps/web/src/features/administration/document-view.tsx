import type { AgeVerificationRequest } from "@parley/api/schema/host-onboarding/age-verification";
import { FileText } from "lucide-react";
import { buttonClass } from "@/components/button-class";

/** The document of a request: a picture in its place, a PDF to be saved, since no page of ours runs one. */
export function DocumentView({
  id,
  type,
  of,
}: {
  id: string;
  type: AgeVerificationRequest["documentType"];
  of: string;
}) {
  const address = `/admin/age-verifications/${id}/document`;
  if (type === "application/pdf") {
    return (
      <div className="flex min-h-48 flex-col items-center justify-center gap-4 rounded-lg bg-sunken p-6 text-center">
        <FileText aria-hidden="true" strokeWidth={1.5} className="size-8 text-muted" />
        <p className="text-sm text-muted">The document is a PDF.</p>
        <a href={address} download className={buttonClass()}>
          Save the document
        </a>
      </div>
    );
  }
  return (
    <figure className="space-y-2">
      <a href={address} target="_blank" rel="noreferrer" className="block overflow-hidden rounded-lg bg-sunken">
        {/* As it is: the image optimiser would keep copies of a document that nobody may keep. */}
        <img src={address} alt={`The document of ${of}`} className="aspect-4/3 w-full object-contain" />
      </a>
      <figcaption className="text-sm text-muted">Opens in full size.</figcaption>
    </figure>
  );
}
