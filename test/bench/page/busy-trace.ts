import { Source } from '../../../engine/model/source.ts';
import { simulate } from '../../../engine/simulate.ts';

/** A web server at work: requests, programs, files, connections. */
const STORY = `story: A web server answers requests
containers:
  web: { image: nginx:1.27, pod: shop/web-0 }
actors:
  nginx: { in: web, runs: nginx -g "daemon off;", listens: 0.0.0.0:80 }
  worker: { in: web, parent: nginx, runs: nginx }
steps:
  - repeat: TIMES
    every: 20ms
    steps:
      - worker accepts: 198.51.100.7:51234
        as: request
      - worker receives: "GET / HTTP/1.1"
        over: request
      - worker opens: /var/lib/data/1/index.html
      - worker opens: /var/lib/data/2/style.css
      - worker creates: /var/log/nginx/access.log
      - worker connects to: 10.0.0.9:5432
      - worker runs: date +%s
      - worker sends: "HTTP/1.1 200 OK"
        over: request
      - worker closes: request
`;

/** The story as a capture: 25 events for each request, 100,000 unless told. */
export function busyTrace(requests = 4_000): Uint8Array<ArrayBuffer> {
  const chunks: Uint8Array[] = [];
  const source = new Source('busy.yaml', STORY.replace('TIMES', String(requests)));
  const { scenario, diagnostics } = simulate(source, 'scap', (bytes) => chunks.push(bytes));
  if (scenario === undefined) throw new Error(diagnostics.map(({ message }) => message).join('; '));
  return Buffer.concat(chunks);
}
