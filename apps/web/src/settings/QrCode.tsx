import { encode } from "uqr";

/** A QR code as one path of squares: crisp at any size, and no picture that a policy would have to let in. */
export function QrCode(props: { text: string; label: string; className?: string }) {
  const { text, label, className } = props;
  const { data, size } = encode(text, { ecc: "M", border: 0 });
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      className={className}
    >
      <title>{label}</title>
      <path d={path} fill="#000" />
    </svg>
  );
}
