import { type CSSVariablesResolver, createTheme, type VariantColorsResolver } from "@mantine/core";

/*
 * Mantine brings behaviour (focus traps, roving lists, positions); the look comes from the tokens. Every colour a
 * Mantine part can show is mapped to a token here, so that both themes change in one place.
 */

const tokens = {
  "--mantine-color-body": "var(--sheet)",
  "--mantine-color-text": "var(--ink)",
  "--mantine-color-dimmed": "var(--muted)",
  "--mantine-color-bright": "var(--ink)",
  "--mantine-color-anchor": "var(--blue)",
  "--mantine-color-error": "var(--red)",
  "--mantine-color-placeholder": "var(--muted)",
  "--mantine-color-default": "var(--sheet)",
  "--mantine-color-default-hover": "var(--faint)",
  "--mantine-color-default-color": "var(--ink)",
  "--mantine-color-default-border": "var(--line-strong)",
  "--mantine-color-disabled": "var(--faint)",
  "--mantine-color-disabled-color": "var(--muted)",
  "--mantine-color-disabled-border": "var(--line)",
  "--mantine-primary-color-filled": "var(--green)",
  "--mantine-primary-color-filled-hover": "var(--green-strong)",
  "--mantine-primary-color-contrast": "var(--on-green)",
  "--mantine-primary-color-light": "var(--green-wash)",
  "--mantine-primary-color-light-hover": "var(--ours)",
  "--mantine-primary-color-light-color": "var(--green)",
  "--mantine-color-loket-filled": "var(--green)",
  "--mantine-color-loket-filled-hover": "var(--green-strong)",
  "--mantine-color-loket-light": "var(--green-wash)",
  "--mantine-color-loket-light-color": "var(--green)",
  "--mantine-shadow-xs": "var(--float)",
  "--mantine-shadow-sm": "var(--float)",
  "--mantine-shadow-md": "var(--float)",
  "--mantine-shadow-lg": "var(--float)",
  "--mantine-shadow-xl": "var(--float)",
};

export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: tokens, dark: tokens });

const variantColors: VariantColorsResolver = ({ color, variant }) => {
  const red = color === "red";
  const strong = red ? "var(--red)" : "var(--green)";
  if (variant === "filled") {
    return {
      background: strong,
      hover: red ? "var(--red-strong)" : "var(--green-strong)",
      color: red ? "var(--on-red)" : "var(--on-green)",
      border: "1px solid transparent",
    };
  }
  if (variant === "light") {
    return {
      background: red ? "var(--red-wash)" : "var(--green-wash)",
      hover: red ? "var(--red-wash)" : "var(--ours)",
      color: strong,
      border: "1px solid transparent",
    };
  }
  if (variant === "subtle" || variant === "transparent") {
    return {
      background: "transparent",
      hover: variant === "subtle" ? "var(--faint)" : "transparent",
      color: red ? "var(--red)" : color === "gray" ? "var(--muted)" : "var(--ink)",
      border: "1px solid transparent",
    };
  }
  return {
    background: "var(--sheet)",
    hover: "var(--faint)",
    color: red ? "var(--red)" : "var(--ink)",
    border: "1px solid var(--line-strong)",
  };
};

export const theme = createTheme({
  primaryColor: "loket",
  primaryShade: { light: 7, dark: 4 },
  colors: {
    loket: [
      "#eef8f5",
      "#dcefe9",
      "#b7ddd2",
      "#8fcbba",
      "#5ccbb5",
      "#34a08c",
      "#1c8070",
      "#0f6b5c",
      "#0b5a4d",
      "#08463c",
    ],
  },
  variantColorResolver: variantColors,
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  fontSizes: { xs: "12px", sm: "14px", md: "16px", lg: "18px", xl: "20px" },
  radius: { xs: "4px", sm: "8px", md: "10px", lg: "14px", xl: "20px" },
  defaultRadius: "sm",
  headings: { fontWeight: "640", sizes: { h1: { fontSize: "20px", lineHeight: "28px" } } },
  focusRing: "auto",
  respectReducedMotion: true,
  cursorType: "pointer",
  components: {
    Tooltip: { defaultProps: { openDelay: 350, withArrow: false, transitionProps: { duration: 120 } } },
    Menu: { defaultProps: { transitionProps: { duration: 120 }, shadow: "md", radius: "md" } },
    Popover: { defaultProps: { transitionProps: { duration: 120 }, shadow: "md", radius: "md" } },
    Modal: { defaultProps: { transitionProps: { duration: 140 }, radius: "lg", centered: true } },
    Drawer: { defaultProps: { transitionProps: { duration: 160 } } },
    Button: {
      defaultProps: { size: "sm" },
      vars: () => ({ root: { "--button-fz": "14px" } }),
    },
    Select: { defaultProps: { checkIconPosition: "right", allowDeselect: false } },
  },
});
