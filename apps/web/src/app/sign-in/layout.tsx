import type { ReactNode } from "react";
import { Interactive } from "@/features/site/interactive";

export default function SignInLayout({ children }: { children: ReactNode }) {
  return <Interactive>{children}</Interactive>;
}
