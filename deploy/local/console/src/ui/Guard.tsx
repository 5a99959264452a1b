import { Component, type ReactNode } from "react";
import { Panel } from "./Panel";

interface Props {
  readonly title: string;
  readonly children: ReactNode;
}

/** Keeps a part of the page that fails from taking the others with it. */
export class Guard extends Component<Props, { failure?: unknown }> {
  override state: { failure?: unknown } = {};

  static getDerivedStateFromError(failure: unknown) {
    return { failure };
  }

  override render() {
    if (this.state.failure === undefined) return this.props.children;
    return (
      <Panel title={this.props.title}>
        <p className="notice notice-bad" role="alert">
          This part of the page has failed: {String(this.state.failure)}
        </p>
        <button type="button" className="button button-small" onClick={() => this.setState({ failure: undefined })}>
          Show it again
        </button>{" "}
        {/* A script that could not be loaded stays so until then: React and some browsers remember that. */}
        <button type="button" className="button button-small" onClick={() => window.location.reload()}>
          Load the page again
        </button>
      </Panel>
    );
  }
}
