"""Settings, read once at the edge from the environment (prefix ``MINGZE_``) and handed on as values."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """All settings of the program; unknown ``MINGZE_`` variables are ignored, wrong values refused."""

    model_config = SettingsConfigDict(env_prefix="MINGZE_", frozen=True)

    artifact: Path | None = Field(default=None, description="模型目录；缺省为随程序安装的模型")
    taxonomy: Path | None = Field(default=None, description="自定义标签体系（YAML）；缺省为随程序安装的标签体系")
    backend: Literal["openvino", "torch"] = Field(default="openvino", description="推理后端")
    threads: int = Field(default=2, ge=1, le=256, description="一次推理使用的线程数")
    host: str = Field(default="127.0.0.1", description="监听地址")
    port: int = Field(default=8000, ge=1, le=65535, description="监听端口")
    max_bytes: int = Field(default=32 * 1024 * 1024, ge=1024, description="单个文件的最大字节数")
    max_characters: int = Field(default=2_000_000, ge=1000, description="单个文件的最大字数")
    max_pages: int = Field(default=2000, ge=1, description="PDF 的最大页数")
    max_cells: int = Field(default=200_000, ge=100, description="单个文件中表格的最大单元格数")
    max_statements: int = Field(default=2000, ge=1, description="一次分类或抽取请求的最大条数")
    max_waiting: int = Field(default=256, ge=1, description="等待推理的最大请求数，超出即返回 503")
