import { Link, type LinkProps } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";
import { Icon } from "./Icon.tsx";
import styles from "./SideLayout.module.css";

export interface SideLink {
  readonly to: NonNullable<LinkProps["to"]>;
  readonly words: string;
  readonly icon: Parameters<typeof Icon>[0]["of"];
  readonly badge?: ReactNode;
}
export interface SideGroup {
  readonly title?: string;
  readonly links: readonly SideLink[];
}

/** A title and its pages at the side, the page beside them. On a phone the pages are a strip at the top. */
export function SideLayout(props: { title: string; groups: readonly SideGroup[]; children: ReactNode }) {
  const { title, groups, children } = props;
  return (
    <div className={styles.page}>
      <nav className={styles.nav} aria-label={title}>
        <h1>{title}</h1>
        {groups.map((group) => (
          <div key={group.title ?? ""} className={styles.group}>
            {group.title && <p className="cut">{group.title}</p>}
            {group.links.map(({ to, words, icon, badge }) => (
              <Link key={to} to={to} activeProps={{ "data-active": true }}>
                {({ isActive }) => (
                  <>
                    <Icon of={icon} /> <LinkWords isOpen={isActive}>{words}</LinkWords>
                    {badge}
                  </>
                )}
              </Link>
            ))}
          </div>
        ))}
      </nav>
      <main className={styles.main} id="conversation">
        {children}
      </main>
    </div>
  );
}

/** Where the pages are a strip, the one that is open may lie beyond its edge: it comes into sight. */
function LinkWords(props: { isOpen: boolean; children: string }) {
  const { isOpen, children } = props;
  const words = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (isOpen) words.current?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [isOpen]);
  return <span ref={words}>{children}</span>;
}
