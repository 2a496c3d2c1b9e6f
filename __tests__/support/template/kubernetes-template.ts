import type { Construct } from 'constructs';

import { inKubernetes } from '../kubernetes/kubernetes-run';
import { Template, testApp } from './template';

/** What `build` puts into a stack of its own for Kubernetes. */
export const kubernetesTemplate = (build: (scope: Construct) => void): Template =>
  Template.fromStack(inKubernetes(build)(testApp()));
