import { Link, type LinkProps, useLocation } from "@tanstack/react-router";
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
  const { pathname } = useLocation();
  const nav = useRef<HTMLElement>(null);
  // Where the pages are a strip, the one that is open may lie beyond its edge.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is another link to bring into sight.
  useEffect(() => {
    nav.current?.querySelector("[data-active]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [pathname]);
  return (
    <div className={styles.page}>
      <nav ref={nav} className={styles.nav} aria-label={title}>
        <h1>{title}</h1>
        {groups.map((group) => (
          <div key={group.title ?? ""} className={styles.group}>
            {group.title && <p className="cut">{group.title}</p>}
            {group.links.map(({ to, words, icon, badge }) => (
              <Link key={to} to={to} activeProps={{ "data-active": true }}>
                <Icon of={icon} /> <span>{words}</span>
                {badge}
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
