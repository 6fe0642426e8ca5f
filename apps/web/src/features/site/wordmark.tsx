/** Two people, one conversation: the name with a mark of two facing curves. */
export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2">
      <svg
        aria-hidden="true"
        viewBox="0 0 28 28"
        className="size-6 text-accent"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.4"
        strokeLinecap="round"
      >
        <path d="M12 4.500a9.500 9.500 0 1 0 0 19" />
        <path d="M16 9a5 5 0 1 1 0 10" />
      </svg>
      <span className="display text-xl">Parley</span>
    </span>
  );
}
