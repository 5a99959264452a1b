import { useState } from "react";
import { Icon } from "./Icon";

const KEY = "eventuall.theme";
type Theme = "light" | "dark";

/** Shows the theme chosen here before; without a choice the system's. */
export function applyTheme(theme = localStorage.getItem(KEY)): void {
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
}

function current(): Theme {
  const chosen = document.documentElement.dataset.theme as Theme | undefined;
  return chosen ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
}

export function ThemeSwitch() {
  const [theme, setTheme] = useState(current);
  const other = theme === "dark" ? "light" : "dark";
  const turn = () => {
    localStorage.setItem(KEY, other);
    applyTheme(other);
    setTheme(other);
  };
  return (
    <button
      type="button"
      className="button button-icon"
      data-testid="theme"
      onClick={turn}
      aria-label={`Use the ${other} theme`}
      title={`Use the ${other} theme`}
    >
      <Icon name={theme === "dark" ? "sun" : "moon"} />
    </button>
  );
}
