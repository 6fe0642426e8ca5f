import type { ReactNode } from "react";
import { Interactive } from "@/features/site/interactive";

export default function NotificationsLayout({ children }: { children: ReactNode }) {
  return <Interactive>{children}</Interactive>;
}
