import type { AgeVerification } from "@parley/api/schema/host-onboarding/age-verification";
import Link from "next/link";
import { buttonClass } from "@/components/button-class";
import { Card } from "@/components/card";

export interface InvitationProps {
  emailVerified: boolean;
  ageStatus: AgeVerification["status"];
}

/** To those who are not hosts yet: what it is, and where they stand on the way. */
export function Invitation({ emailVerified, ageStatus }: InvitationProps) {
  const hasBegun = emailVerified || ageStatus !== "none";
  return (
    <Card className="p-6 sm:p-10">
      <h2 className="display max-w-[18ch] text-2xl sm:text-3xl">Someone would pay to ask you.</h2>
      <p className="prose-line mt-3 text-muted">
        Become a host: choose your rate and your hours, and talk to people one to one, by the minute. It takes about ten
        minutes, and every step is kept.
      </p>
      <p className="mt-4 text-sm font-medium">{standing({ emailVerified, ageStatus })}</p>
      <Link href="/become-a-host" className={`${buttonClass({ tone: "primary", size: "large" })} mt-5`}>
        {hasBegun ? "Go on where you were" : "Become a host"}
      </Link>
    </Card>
  );
}

function standing({ emailVerified, ageStatus }: InvitationProps): string {
  if (!emailVerified) return "First, open the link in the mail that we sent you.";
  if (ageStatus === "pending") return "We are looking at your document. You will have mail from us soon.";
  if (ageStatus === "rejected") return "Your document was not accepted. You can send another.";
  if (ageStatus === "verified") return "Your address and your age are verified: only the page itself is left.";
  return "Your address is verified. Next comes your age.";
}
