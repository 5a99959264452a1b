import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import "./styles/base.css";
import "./styles/controls.css";
import "./styles/entry.css";
import "./styles/room.css";
import "./styles/people.css";
import "./styles/hood.css";
import "./styles/stage.css";
import "./styles/queue.css";
import "./styles/recording.css";
import "./styles/chat.css";
import "./styles/crowd.css";
import { applyTheme } from "./ui/theme";

applyTheme();
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
