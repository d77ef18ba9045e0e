import type { Icon as TablerIcon } from "@tabler/icons-react";

/** One family, one weight. Decorative unless it carries a `label`. */
export function Icon(props: { of: TablerIcon; size?: number; label?: string; className?: string }) {
  const { of: Drawing, size = 18, label, className } = props;
  const named = label ? { role: "img", "aria-label": label } : { "aria-hidden": true };
  return <Drawing size={size} stroke={1.5} {...named} {...(className ? { className } : {})} style={{ flex: "none" }} />;
}
