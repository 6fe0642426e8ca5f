import { clsx } from "clsx";
import { getImageProps } from "next/image";

export interface PortraitProps {
  name: string;
  url: string | null;
  /** Edge in pixels. */
  size: 32 | 48 | 72 | 96 | 144 | 192;
  /** One of the first things seen: fetched ahead of what is further down. */
  isPriority?: boolean;
  className?: string;
}

/** A person's picture; their initials until there is one. */
export function Portrait({ name, url, size, isPriority = false, className }: PortraitProps) {
  const frame = clsx("shrink-0 rounded-full bg-accent-soft object-cover", className);
  if (url !== null) {
    // The attributes alone: the component brings 9 kB to every visitor for what no portrait needs.
    const { props } = getImageProps({
      src: url,
      alt: "",
      width: size,
      height: size,
      // Painted together with the words around it, not a frame later.
      ...(isPriority ? { loading: "eager", fetchPriority: "high", decoding: "sync" } : { loading: "lazy" }),
    });
    return <img {...props} alt="" className={frame} style={{ width: size, height: size }} />;
  }
  return (
    <span
      aria-hidden="true"
      className={clsx(frame, "display inline-flex items-center justify-center text-accent")}
      style={{ width: size, height: size, fontSize: size * 0.38 }}
    >
      {initials(name)}
    </span>
  );
}

/** "AL" for "Ada Lovelace". */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const [first = "", last = ""] = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return ([...first].slice(0, 1).join("") + [...last].slice(0, 1).join("")).toUpperCase();
}
