// The mark of Fairway: two banks and what passes between them.
export function Mark() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <rect width="24" height="24" rx="6" fill="var(--accent)" />
      <path
        d="M5.4 19.5C5.4 13 8.6 11 8.6 4.5M15.4 19.5C15.4 13 18.6 11 18.6 4.5"
        stroke="#fff"
        strokeWidth="1.9"
        strokeLinecap="round"
        fill="none"
      />
      <circle cx="12" cy="12" r="1.7" fill="#fff" />
    </svg>
  )
}
