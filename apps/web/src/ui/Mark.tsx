/** The arch of a counter window, with the counter in it. */
export function Mark(props: { size?: number }) {
  const { size = 24 } = props;
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden="true"
      style={{ color: "var(--green)", flex: "none" }}
    >
      <path
        fill="currentColor"
        fillRule="evenodd"
        d="M2 14V7.5a6 6 0 0 1 12 0V14h-2.2v-1.2H4.2V14zm2.2-3.4h7.6V7.5a3.8 3.8 0 0 0-7.6 0z"
      />
    </svg>
  );
}
