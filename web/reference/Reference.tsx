import { Markdown } from './Markdown';
import { partsOf, type Part, type Source } from './parts';

/** The whole reference: contents, search, and all parts of the schema on one page. */
export function Reference(source: Source) {
  const { schema } = source;
  const parts = partsOf(source);
  return (
    <>
      <a className="skip" href="#content">
        Skip to the reference
      </a>
      <Header />
      <Contents parts={parts} />
      <main id="content" tabIndex={-1}>
        <Markdown schema={schema} text={schema.description ?? ''} />
        {parts.map(({ id, title, content }) => (
          <section key={id} id={id} className="part">
            <h2>
              <a href={`#${id}`}>{title}</a>
            </h2>
            {content}
          </section>
        ))}
      </main>
    </>
  );
}

const Header = () => (
  <header>
    <h1>NeighborShare API reference</h1>
    <nav aria-label="API">
      <a href="/graphql">Explorer</a>
      <a href="/schema.graphql">Schema</a>
    </nav>
    <div id="search" role="search" hidden>
      <label htmlFor="words">Search</label>
      <input
        id="words"
        type="search"
        autoComplete="off"
        spellCheck={false}
        aria-describedby="found"
      />
      <p id="found" role="status" />
      <ul id="results" />
    </div>
  </header>
);

const Contents = ({ parts }: { parts: readonly Part[] }) => (
  <nav className="contents" aria-label="Contents">
    {parts.map(({ id, title, entries }) => (
      <details key={id}>
        <summary>{title}</summary>
        <ul>
          <li>
            <a href={`#${id}`}>All of {title.toLowerCase()}</a>
          </li>
          {entries.map(({ anchor, name }) => (
            <li key={anchor}>
              <a href={`#${anchor}`}>{name}</a>
            </li>
          ))}
        </ul>
      </details>
    ))}
  </nav>
);
