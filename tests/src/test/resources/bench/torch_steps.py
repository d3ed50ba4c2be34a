"""Steps of proxy-based contrastive replay (PCR, Lin et al., CVPR 2023) in PyTorch, on one thread.

Ten incoming and ten replayed samples in two views each, 40 rows: forward, the loss of PCR with its proxies, backward, SGD. Networks as
Kedge has them: an mlp 784-256-128, and the reduced ResNet-18 (20 channels, images of 3 x 32 x 32, embedding 160). Less than a step of
Kedge's: no memory to draw from and to fill, no views to make, and no distillation, which HPCR has besides.

Prints one line of JSON: versions, and milliseconds of processor time a step, median over the steps of so many seconds.
"""
import json
import os
import statistics
import sys
import time

# Before PyTorch loads its library of matrix products, which would begin threads of its own.
os.environ['OMP_NUM_THREADS'] = os.environ['OPENBLAS_NUM_THREADS'] = '1'

import torch
import torch.nn as nn
import torch.nn.functional as F

ROWS, CLASSES, TEMPERATURE, RATE = 40, 10, 0.09, 0.1


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.first = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.first_norm = nn.BatchNorm2d(outputs)
        self.second = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.second_norm = nn.BatchNorm2d(outputs)
        self.shortcut = nn.Sequential()
        if stride != 1 or inputs != outputs:
            self.shortcut = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        inner = F.relu(self.first_norm(self.first(x)))
        return F.relu(self.second_norm(self.second(inner)) + self.shortcut(x))


class ReducedResNet18(nn.Module):
    def __init__(self, channels=20):
        super().__init__()
        self.stem = nn.Conv2d(3, channels, 3, 1, 1, bias=False)
        self.norm = nn.BatchNorm2d(channels)
        blocks, inputs = [], channels
        for stage in range(4):
            for block in range(2):
                outputs = channels << stage
                blocks.append(Block(inputs, outputs, 2 if stage > 0 and block == 0 else 1))
                inputs = outputs
        self.blocks = nn.Sequential(*blocks)

    def forward(self, x):
        return F.avg_pool2d(self.blocks(F.relu(self.norm(self.stem(x)))), 4).flatten(1)


def mlp():
    return nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128))


def measure(encoder, width, shape, seconds):
    proxies = nn.Parameter(torch.randn(CLASSES, width))
    optimiser = torch.optim.SGD([*encoder.parameters(), proxies], lr=RATE)
    encoder.train()
    times, began = [], time.monotonic()
    while time.monotonic() - began < seconds or len(times) < 5:
        rows = torch.rand(ROWS, *shape)
        labels = torch.randint(CLASSES, (ROWS,))
        start = time.process_time()
        optimiser.zero_grad(set_to_none=True)
        cosines = F.normalize(encoder(rows)) @ F.normalize(proxies).t() / TEMPERATURE
        counts = torch.bincount(labels, minlength=CLASSES).float()
        loss = (torch.logsumexp(cosines + counts.log(), 1) - cosines.gather(1, labels[:, None])[:, 0]).mean()
        loss.backward()
        optimiser.step()
        times.append(time.process_time() - start)
    return 1000 * statistics.median(times[len(times) // 3:])


torch.set_num_threads(1)
torch.manual_seed(1)
torch.set_flush_denormal(True)
length = float(sys.argv[1])
blas = os.path.realpath('/usr/lib/x86_64-linux-gnu/libblas.so.3')
print(json.dumps({
    'torch': torch.__version__,
    'blas': blas,
    'mlp': measure(mlp(), 128, (784,), length),
    'resnet': measure(ReducedResNet18(), 160, (3, 32, 32), length),
}))
