import { CONTAINER } from '../../engine/fields/container.ts';
import { K8S } from '../../engine/fields/k8s.ts';
import { runFieldCases } from './field-cases.ts';

runFieldCases('container.yaml', CONTAINER, K8S);
