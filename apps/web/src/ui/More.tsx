import { Button } from "@mantine/core";
import { useT } from "../shell/i18n.tsx";
import styles from "./More.module.css";

/** Asks for the next page of a list that comes in pages; absent when there is none. */
export function More(props: {
  of: { readonly hasNextPage: boolean; readonly isFetchingNextPage: boolean; fetchNextPage(): Promise<unknown> };
}) {
  const { of } = props;
  const t = useT();
  if (!of.hasNextPage) return null;
  return (
    <div className={styles.more}>
      <Button
        variant="default"
        size="compact-md"
        loading={of.isFetchingNextPage}
        onClick={() => void of.fetchNextPage()}
      >
        {t("app.showMore")}
      </Button>
    </div>
  );
}
