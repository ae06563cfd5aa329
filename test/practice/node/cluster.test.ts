import { describe, expect, it } from 'vitest';
import { NodeSession } from '../../../engine/practice/node/session.ts';
import { standardFiles } from '../../../engine/practice/standard-files.ts';
import { CLUSTER_PATH } from '../../../engine/practice/task.ts';
import { keyMachine, keySession, SHIPPED, shown } from './session-of.ts';

const JOB = 'job-7c4b8d9f6c-k9k2w';

describe('the cluster of a node', () => {
  it('has the pods of the story, with their owners', () => {
    expect(shown(keySession(), 'kubectl get pods -A -o wide | cut -c 1-46')).toBe(
      `NAMESPACE   NAME                   READY   STA
depot       job-5b6d7f8c9d-p4p4p   1/1     Run
shop        job-7c4b8d9f6c-k9k2w   1/1     Run
shop        web-6d5f9c7b8d-x2x4p   1/1     Run
`,
    );
    expect(shown(keySession(), 'kubectl -n shop get deploy,rs -o name')).toBe(
      'deployment.apps/job\ndeployment.apps/web\nreplicaset.apps/job-7c4b8d9f6c\nreplicaset.apps/web-6d5f9c7b8d\n',
    );
    const pod = shown(keySession(), `kubectl -n shop describe pod ${JOB}`);
    expect(pod).toMatch(/IP: +10\.244\.0\.9\nControlled By: +ReplicaSet\/job-7c4b8d9f6c\n/);
  });

  it('leads from the id of a container to its pod', () => {
    const session = keySession();
    const id = session.run('crictl ps -q --name loud | cut -c 1-12').output.trim();
    expect(id).toMatch(/^[0-9a-f]{12}$/);
    expect(session.run(`crictl ps | grep ${id} | awk '{print $NF, $(NF)}'`).code).toBe(2);
    expect(session.run(`crictl ps | grep ${id} | awk '{print $NF}'`).output).toBe('shop\n');
    expect(session.run(`crictl inspect ${id} | jq -s .`).code).not.toBe(0);
    expect(session.run(`crictl inspect ${id} | grep pod.name`).output).toContain(JOB);
    expect(session.run(`crictl pods --name ${JOB} -q`).output).toMatch(/^[0-9a-f]{12}\n$/);
  });

  it('stops what a pod does from the moment it is scaled to zero, and nothing else', () => {
    const session = keySession();
    session.advance(9_000);
    expect(session.run('kubectl -n shop scale deployment job --replicas=0').output).toBe(
      'deployment.apps/job scaled\n',
    );
    session.advance(40_000);
    const seen = session.run("grep -o 'keys/[a-z]*' /var/log/syslog").output.trim().split('\n');
    expect(seen).toEqual(['keys/web', 'keys/job', 'keys/web', 'keys/web']);
    expect(session.run('kubectl -n shop get pods -o name').output).toBe('pod/web-6d5f9c7b8d-x2x4p\n');
    expect(session.run('kubectl -n depot get pods -o name').output).toBe('pod/job-5b6d7f8c9d-p4p4p\n');
    expect(session.run('crictl ps | grep -c loud').output).toBe('0\n');
    session.run('kubectl scale -n shop deploy/job --replicas 1');
    session.advance(20_000);
    expect(session.run('grep -c keys/job /var/log/syslog').output).toBe('2\n');
  });

  it('keeps silent about a stopped pod also when Falco starts anew', () => {
    const session = keySession();
    session.advance(3_000);
    shown(session, 'kubectl -n shop scale deploy job --replicas=0', 'systemctl restart falco');
    session.advance(18_000);
    expect(session.run('grep -c "keys/job\\|doors" /var/log/syslog').output).toBe('0\n');
  });

  it('puts pods that the story does not have on another node', () => {
    const sheet = 'deployment/shop/web:\n  image: web\n  replicas: 3\nconfigmap/shop/x:\n  key: y\n';
    const session = new NodeSession(keyMachine(), new Map([...standardFiles(SHIPPED), [CLUSTER_PATH, sheet]]));
    const nodes = session.run("kubectl -n shop get pods -o wide --no-headers | grep web | awk '{print $NF}'").output;
    expect(nodes.trim().split('\n').toSorted()).toEqual(['worker-1', 'worker-2', 'worker-2']);
    expect(session.run('kubectl -n shop get deploy web').output).toMatch(/web +3\/3 +3 +3/);
    session.run('kubectl -n shop scale deploy web --replicas=2');
    expect(session.files().get(CLUSTER_PATH)).toBe(sheet.replace('3', '2'));
  });

  it.each([
    [
      'a pod, which has no number',
      `kubectl -n shop scale pod ${JOB} --replicas=0`,
      'a pod has no number that can be set',
    ],
    ['what is in another namespace', 'kubectl scale deploy job --replicas=0', 'deployments.apps "job" not found'],
    ['all of a kind', 'kubectl -n shop scale deploy --replicas=0', 'say which, by its name'],
    ['no number', 'kubectl -n shop scale deploy job', 'required flag(s) "replicas" not set'],
    ['a wild number', 'kubectl -n shop scale deploy job --replicas=99999', 'is no count that can be asked for'],
  ])('does not scale %s', (_, line, words) => {
    const session = keySession();
    const before = session.files().get(CLUSTER_PATH);
    const { output, code } = session.run(line);
    expect(output).toContain(words);
    expect(code).toBe(1);
    expect(session.files().get(CLUSTER_PATH)).toBe(before);
  });

  it('runs what tells of a container in it, and shows what a task has put into its log', () => {
    const session = keySession({ [`/var/log/pods/shop_${JOB}/loud.log`]: 'started\nworking\n' });
    expect(session.run(`kubectl -n shop exec ${JOB} -- hostname`).output).toBe(`${JOB}\n`);
    expect(session.run(`kubectl -n shop exec deploy/job -it -- ps`).output).toContain('/bin/job');
    expect(session.run(`kubectl -n shop exec ${JOB} -- bash`)).toMatchObject({ code: 126 });
    expect(session.run(`kubectl -n shop logs ${JOB} --tail 1`).output).toBe('working\n');
    expect(session.run(`kubectl -n shop logs ${JOB} -c none`).code).toBe(1);
  });
});
