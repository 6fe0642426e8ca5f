import type { ReactNode } from "react";
import { Interactive } from "@/features/site/interactive";

export default function BookLayout({ children }: { children: ReactNode }) {
  return <Interactive>{children}</Interactive>;
}
