"""Builds the network as an OpenVINO graph, straight from the weight file.

A BERT encoder (post-norm, GELU) with three heads. Nothing but OpenVINO is needed, so the run-time install is
free of torch and ONNX, and the artifact holds its weights once.

The word vectors stay in 8 bits, of which only the rows in use are widened. The matrices of the layers are widened when
the graph is built: on CPUs without 8-bit dot products, widening them at every pass costs time.
"""

from __future__ import annotations

import math

import numpy as np
import openvino as ov
from openvino import opset13 as ops

from models.encoder.config import NetworkConfig
from models.encoder.weights import Weights
from models.matrices import FloatArray, Matrix

_MASKED = -1e9


def build(config: NetworkConfig, weights: Weights) -> ov.Model:
    """Build the graph: inputs ``ids`` and ``mask`` (batch, tokens) int64; outputs ``role``, ``label``, ``tag``, ``vector``."""
    ids = ops.parameter([-1, -1], np.int64, name="ids")
    mask = ops.parameter([-1, -1], np.int64, name="mask")
    hidden = _embed(ids, config, weights)
    keep = ops.convert(mask, "f32")
    bias = ops.multiply(ops.subtract(ops.constant(np.float32(1.0)), keep), ops.constant(np.float32(_MASKED)))
    attention_bias = ops.unsqueeze(bias, ops.constant(np.array([1, 2], dtype=np.int64)))
    for index in range(config.layers):
        hidden = _layer(hidden, attention_bias, config, weights, f"layers.{index}.")
    role, label, vector = _sentence_heads(hidden, keep, bias, weights)
    tag = _linear(hidden, weights, "heads.tag.")
    results = []
    for name, node in (("role", role), ("label", label), ("tag", tag), ("vector", vector)):
        result = ops.result(node, name=name)
        result.output(0).get_tensor().set_names({name})
        results.append(result)
    return ov.Model(results, [ids, mask], "mingze")


def _axes(*axes: int) -> ov.Node:
    return ops.constant(np.array(axes, dtype=np.int64))


def _linear(node: ov.Node, weights: Weights, prefix: str) -> ov.Node:
    matrix = ops.constant(np.ascontiguousarray(weights.dense(prefix + "weight").T))
    product = ops.matmul(node, matrix, transpose_a=False, transpose_b=False)
    return ops.add(product, ops.constant(weights.vectors[prefix + "bias"]))


def _norm(node: ov.Node, weights: Weights, prefix: str, epsilon: float) -> ov.Node:
    centred = ops.mvn(node, _axes(-1), normalize_variance=True, eps=epsilon, eps_mode="inside_sqrt")
    scaled = ops.multiply(centred, ops.constant(weights.vectors[prefix + "weight"]))
    return ops.add(scaled, ops.constant(weights.vectors[prefix + "bias"]))


def _embed(ids: ov.Node, config: NetworkConfig, weights: Weights) -> ov.Node:
    words = _rows(weights.matrices["embeddings.word"], ids)
    length = ops.gather(ops.shape_of(ids), _axes(1), ops.constant(np.int64(0)))
    positions = ops.slice(ops.constant(weights.dense("embeddings.position")), _axes(0), length, _axes(1), _axes(0))
    return _norm(ops.add(words, positions), weights, "embeddings.norm.", config.epsilon)


def _rows(matrix: Matrix, ids: ov.Node) -> ov.Node:
    axis = ops.constant(np.int64(0))
    values = ops.convert(ops.gather(ops.constant(matrix.values), ids, axis), "f32")
    return ops.multiply(values, ops.gather(ops.constant(matrix.scale), ids, axis))


def _layer(hidden: ov.Node, bias: ov.Node, config: NetworkConfig, weights: Weights, prefix: str) -> ov.Node:
    width = config.hidden // config.heads
    stacked = _linear(hidden, weights, prefix + "qkv.")
    split = ops.reshape(stacked, _axes(0, 0, 3, config.heads, width), special_zero=True)
    moved = ops.transpose(split, _axes(2, 0, 3, 1, 4))
    query, key, value = (ops.gather(moved, ops.constant(np.int64(i)), ops.constant(np.int64(0))) for i in range(3))
    scale = ops.constant(np.float32(1.0 / math.sqrt(width)))
    context = ops.scaled_dot_product_attention(query, key, value, bias, scale)
    merged = ops.reshape(ops.transpose(context, _axes(0, 2, 1, 3)), _axes(0, 0, config.hidden), special_zero=True)
    attended = ops.add(hidden, _linear(merged, weights, prefix + "output."))
    hidden = _norm(attended, weights, prefix + "attention_norm.", config.epsilon)
    inner = ops.gelu(_linear(hidden, weights, prefix + "inner."), "erf")
    outer = ops.add(hidden, _linear(inner, weights, prefix + "outer."))
    return _norm(outer, weights, prefix + "norm.", config.epsilon)


def _sentence_heads(
    hidden: ov.Node, keep: ov.Node, bias: ov.Node, weights: Weights
) -> tuple[ov.Node, ov.Node, ov.Node]:
    column = ops.unsqueeze(keep, _axes(2))
    total = ops.reduce_sum(ops.multiply(hidden, column), _axes(1), keep_dims=False)
    mean = ops.divide(total, ops.reduce_sum(column, _axes(1), keep_dims=False))
    role = _linear(mean, weights, "heads.role.")
    query: FloatArray = weights.vectors["heads.label.query"]
    scores = ops.matmul(hidden, ops.constant(query), transpose_a=False, transpose_b=True)
    share = ops.softmax(ops.add(scores, ops.unsqueeze(bias, _axes(2))), 1)
    context = ops.matmul(share, hidden, transpose_a=True, transpose_b=False)
    focus = ops.reduce_sum(
        ops.multiply(context, ops.constant(weights.vectors["heads.label.focus"])), _axes(2), keep_dims=False
    )
    return role, ops.add(_linear(mean, weights, "heads.label."), focus), mean
