/**
 * What is said under a grant by visible artifacts, edges and attestations, without the names of hidden ones: producers write
 * ids of other artifacts into fields (a correction what it withdraws, a run's edge which input its rows come from).
 */
import type { RedactionProfile } from '../../access/redaction-profile.js';
import type { Json, JsonObject } from '../../domain/json.js';
import type { StoredEdge } from '../../store/lineage-reader.js';
import { openValues, type StoredProps } from '../../store/stored-values.js';
import { withoutHeldKeys } from './key-columns.js';

/** What stands where a hidden id stood. */
export const HIDDEN_ID = '(hidden)';

const PART = /[A-Za-z0-9\-._~%]+/.source;
const ID = new RegExp(
  `\\b(?:dataset|transform|featuredef|model|prediction|attestation):${PART}/${PART}@${PART}`,
  'g',
);

export class Redaction {
  /** @param profile masks what data sets say of the keys that they hold; left out: nothing is masked */
  constructor(
    private readonly isVisible: (id: string) => boolean,
    private readonly profile?: RedactionProfile,
  ) {}

  /** A node or an attestation as its reader may see it. */
  props(props: StoredProps): StoredProps {
    if (typeof props.values !== 'string') return props;
    const open = openValues(props);
    const fields = this.profile ? withoutHeldKeys(open, this.profile) : open;
    // A member whose place names something hidden is a row of it: its key would say where in it.
    const shown = [...fields].filter(([path]) => this.text(path) === path);
    const values = Object.fromEntries(shown.map(([path, value]) => [path, this.json(value)]));
    return { ...props, values: JSON.stringify(values) };
  }

  /** An edge between visible artifacts; rows that come from a hidden input are left out, and it says so. */
  edge(edge: StoredEdge): StoredEdge {
    const { rows, ...rest } = edge.props;
    if (!Array.isArray(rows)) return { ...edge, props: this.json(edge.props) as JsonObject };
    const shown = (rows as readonly Json[]).filter((row) => this.isVisible(inputOf(row)));
    return {
      ...edge,
      props: this.json({ ...rest, rows: shown }) as JsonObject,
      ...(shown.length < rows.length ? { rowsHidden: true } : {}),
    };
  }

  /** Ids in texts, in names of members, and at any depth. */
  json(value: Json): Json {
    if (typeof value === 'string') return this.text(value);
    if (Array.isArray(value)) return (value as readonly Json[]).map((item) => this.json(item));
    if (typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [this.text(name), this.json(inner)]),
    );
  }

  /** A full stop may end a sentence and not the id: an id that is visible without it stays. */
  private text(text: string): string {
    return text.replace(ID, (id) => {
      const bare = id.replace(/(?<!\.)\.+$/, '');
      if (this.isVisible(id) || this.isVisible(bare)) return id;
      return HIDDEN_ID + id.slice(bare.length);
    });
  }
}

function inputOf(row: Json): string {
  const { from } = row as { readonly from?: Json };
  return typeof from === 'string' ? from : '';
}
