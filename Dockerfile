# Runs offline once built: model, lexicon and pages are inside the image.
FROM python:3.11-slim AS build
WORKDIR /src
COPY pyproject.toml README.md CHANGELOG.md ./
COPY corpora corpora
COPY models models
COPY service service
RUN python -m venv /opt/mingze \
 && /opt/mingze/bin/pip install --no-cache-dir .

FROM python:3.11-slim
RUN useradd --system --uid 10001 --create-home --home-dir /home/mingze mingze
COPY --from=build /opt/mingze /opt/mingze
ENV PATH=/opt/mingze/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1
USER mingze
WORKDIR /home/mingze
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
CMD ["mingze", "serve", "--host", "0.0.0.0", "--port", "8000"]
