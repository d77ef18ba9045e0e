import { ScrollArea } from "@mantine/core";
import type { ReactNode } from "react";

/** What may be wider than its place: it scrolls sideways there, by the keyboard too. */
export function WideTable(props: { label: string; children: ReactNode }) {
  const { label, children } = props;
  return (
    <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: "region", "aria-label": label }}>
      {children}
    </ScrollArea>
  );
}
